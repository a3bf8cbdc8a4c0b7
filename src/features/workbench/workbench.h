/* workbench.h: the desk of staff. Nothing here is called by other rooms. */
#ifndef FEATURES_WORKBENCH_WORKBENCH_H
#define FEATURES_WORKBENCH_WORKBENCH_H

#include "platform/feature.h"

extern const Feature workbench_feature;

#endif
