/* health.c: is the program able to work? For supervisors and load balancers. */
#include "platform/http/visit.h"

Error *health_page(Visit *visit)
{
    Page *page = &visit->page;
    App *app = visit->server->app;
    int version = 0;
    Error *err = db_schema_version(app->db, page->arena, &version);
    DbStatus writes = db_status(app->db);
    page->status = err ? 503 : 200;
    page->content_type = "application/json";
    visit->request->route = "/healthz";
    buf_printf(&page->body,
               "{\"status\":\"%s\",\"database\":%s,\"schema\":%d,\"requests_waiting\":%d,"
               "\"writes_waiting\":%lld}\n",
               err ? "down" : "ok", err ? "false" : "true", version,
               pool_queued(visit->server->core->pool), (long long)writes.queued);
    return NULL;
}
