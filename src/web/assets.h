/*
 * assets.h - the pages' style sheet and script, as they stand in style.css
 * and script.js; embed.awk makes assets.c of them when the program is built.
 */
#ifndef ASSETS_H
#define ASSETS_H

extern const char assets_style[];
extern const char assets_script[];

#endif /* ASSETS_H */
