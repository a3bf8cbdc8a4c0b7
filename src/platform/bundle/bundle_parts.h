/* bundle_parts.h: inside bundle only. */
#ifndef PLATFORM_BUNDLE_BUNDLE_PARTS_H
#define PLATFORM_BUNDLE_BUNDLE_PARTS_H

#include "base/arena.h"
#include "base/str.h"

#define BUNDLE_FORMAT   "yuanzhuo-bundle"
#define BUNDLE_VERSION  1
#define BUNDLE_MAIN     "bundle.json"
#define BUNDLE_ELECTION "election.pb"
#define BUNDLE_BALLOTS  "ballots.csv"

/* 64 lower-case hexadecimal digits. */
Str bundle_sha256(Arena *arena, Str bytes);

#endif
