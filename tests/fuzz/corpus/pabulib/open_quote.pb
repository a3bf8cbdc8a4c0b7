META
key;value
budget;1
note;"never closed
