/*
 * version.h - which version of Ringround this is.
 */
#ifndef VERSION_H
#define VERSION_H

#ifdef PACKAGE_VERSION
#define VERSION_TEXT PACKAGE_VERSION
#else
#define VERSION_TEXT "unknown"	/* compiled by hand */
#endif

#endif /* VERSION_H */
