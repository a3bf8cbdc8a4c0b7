/* install_send.h: the settings of the ways out of the site.
 *
 *     [notices]
 *     site = https://example.org        what stands before links in messages; without it none are
 * sent quiet = 21:00-8:00                the default; equal times: no quiet hours [sms] and the
 * same of [wechat] url = https://gateway.example.org/send secret = at least 16 characters   shared
 * with the gateway private = yes                     the gateway stands in the local network [smtp]
 *     url = smtp://mail.example.org:587 or smtps://…:465
 *     user = …     password = …         or neither
 *     from = notices@example.org
 *     private = yes                     the server stands in the local network
 */
#ifndef MAIN_INSTALL_SEND_H
#define MAIN_INSTALL_SEND_H

#include "platform/send/send.h"

/* Takes one line; false when it is none of these or its value is none. Whether all lines together
 * can work: send_config_check(). */
bool install_send_setting(Arena *arena, SendConfig *config, Str section, Str name, Str value);

#endif
