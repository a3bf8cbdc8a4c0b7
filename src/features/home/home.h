/* home.h: the front page of a community. Nothing here is called by other rooms. */
#ifndef FEATURES_HOME_HOME_H
#define FEATURES_HOME_HOME_H

#include "platform/feature.h"

extern const Feature home_feature;

#endif
