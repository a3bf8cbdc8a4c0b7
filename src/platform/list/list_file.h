/* list_file.h: a list as a file to take home: CSV, xlsx or PDF. */
#ifndef PLATFORM_LIST_LIST_FILE_H
#define PLATFORM_LIST_LIST_FILE_H

#include "platform/http/http.h"
#include "platform/list/list.h"

/* Answers with the whole list in the format the address asks for (list_format() is not LIST_PAGE),
 * as NAME.csv, NAME.xlsx or NAME.pdf. Money is a number of yuan in the sheet, days are days; paper
 * has the first LIMIT_PRINT_ROWS rows and says so. */
MUST_USE Error *list_file(Page *page, Snapshot *snapshot, const ListTable *table,
                          const ListRequest *request, const char *name);

#endif
