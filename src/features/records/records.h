/* records.h: the journal page. Nothing here is called by other rooms. */
#ifndef FEATURES_RECORDS_RECORDS_H
#define FEATURES_RECORDS_RECORDS_H

#include "platform/feature.h"

extern const Feature records_feature;

#endif
