#include "cli/doc.h"

#include <stdio.h>

const char *
doc_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

int64_t
doc_int(const json_t *object, const char *key)
{
	return json_get_int(object, key, 0);
}

bool
doc_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

bool
doc_is_null(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return !value || json_is_null(value);
}

const json_t *
doc_list(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_array(value) ? value : NULL;
}

const json_t *
doc_object(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_object(value) ? value : NULL;
}

const char *
doc_words(const json_t *object, const char *key, char ret[DOC_WORDS_SIZE])
{
	snprintf(ret, DOC_WORDS_SIZE, "%s", doc_text(object, key));
	for (char *c = ret; *c; c++)
		if (*c == '_')
			*c = ' ';
	return ret;
}
