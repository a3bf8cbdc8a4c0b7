#include "main/features.h"

#include "features/account/account.h"
#include "features/areas/areas.h"
#include "features/board/board.h"
#include "features/decisions/decisions.h"
#include "features/delivery/delivery.h"
#include "features/demo/demo.h"
#include "features/documents/documents.h"
#include "features/estimates/estimates.h"
#include "features/filing/filing.h"
#include "features/home/home.h"
#include "features/intake/intake.h"
#include "features/launch/launch.h"
#include "features/library/library.h"
#include "features/notices/notices.h"
#include "features/people/people.h"
#include "features/pledges/pledges.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"
#include "features/ratings/ratings.h"
#include "features/records/records.h"
#include "features/replies/replies.h"
#include "features/screening/screening.h"
#include "features/shortlist/shortlist.h"
#include "features/workbench/workbench.h"
#include "platform/files/photo.h"

/* In dependency order. A room that is not listed here is not served. */
const Feature *const features[] = {
    &photos_feature,    &areas_feature,      &people_feature,    &notices_feature,
    &account_feature,   &programmes_feature, &documents_feature, &launch_feature,
    &screening_feature, &proposals_feature,  &estimates_feature, &pledges_feature,
    &intake_feature,    &shortlist_feature,  &polls_feature,     &decisions_feature,
    &filing_feature,    &publicity_feature,  &replies_feature,   &delivery_feature,
    &ratings_feature,   &library_feature,    &home_feature,      &workbench_feature,
    &board_feature,     &records_feature,    &demo_feature,
};

const size_t feature_count = sizeof(features) / sizeof(features[0]);
