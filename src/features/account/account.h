/* account.h: pages about oneself; nothing for other rooms but the feature row. */
#ifndef FEATURES_ACCOUNT_ACCOUNT_H
#define FEATURES_ACCOUNT_ACCOUNT_H

#include "platform/feature.h"

extern const Feature account_feature;

#endif
