/*
 * commands.h - every command, each in a file of its name.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "cli/cli.h"

extern const struct cli_command cmd_absent, cmd_add, cmd_ask_contact,
    cmd_audit, cmd_away, cmd_back, cmd_call, cmd_check, cmd_claim,
    cmd_concern, cmd_confirm, cmd_doorstep, cmd_explain, cmd_flags,
    cmd_hand_over, cmd_help, cmd_history, cmd_hold, cmd_import, cmd_leave,
    cmd_note, cmd_pause, cmd_plan, cmd_release, cmd_reload, cmd_resolve,
    cmd_resume, cmd_reviews, cmd_script, cmd_set, cmd_sheet, cmd_simulate,
    cmd_status, cmd_try, cmd_urls, cmd_version, cmd_welcome;

#endif /* COMMANDS_H */
