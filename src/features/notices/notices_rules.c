#include "features/notices/notices_rules.h"

int64_t notice_read_to(int64_t shown, int64_t newest)
{
    if (shown < 0) {
        return 0;
    }
    return shown < newest ? shown : newest;
}
