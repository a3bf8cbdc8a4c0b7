/* features.h: the rooms of the program, in dependency order. */
#ifndef MAIN_FEATURES_H
#define MAIN_FEATURES_H

#include "platform/feature.h"

extern const Feature *const features[];
extern const size_t feature_count;

#endif
