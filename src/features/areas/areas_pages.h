/* areas_pages.h: between the files of this room's pages. */
#ifndef FEATURES_AREAS_AREAS_PAGES_H
#define FEATURES_AREAS_AREAS_PAGES_H

#include "features/areas/areas.h"
#include "features/areas/areas_views.h"

/* 市 区 街道 社区 楼栋 */
Text areas_kind_text(AreaKind kind);
AreaFacts areas_facts(Arena *arena, const Area *area);

/* areas_tree_pages.c */
Error *page_area_tree(Page *page, Snapshot *snapshot);

/* areas_form_pages.c */
extern const Form area_new_form;
extern const Form area_edit_form;
extern const Form area_contact_form;
Error *page_area_new(Page *page, Snapshot *snapshot);
Error *submit_area_new(Page *page, Snapshot *snapshot, const void *input);
Error *page_area_edit(Page *page, Snapshot *snapshot);
Error *submit_area_edit(Page *page, Snapshot *snapshot, const void *input);
Error *page_area_contact(Page *page, Snapshot *snapshot);
Error *submit_area_contact(Page *page, Snapshot *snapshot, const void *input);

#endif
