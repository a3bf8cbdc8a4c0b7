'use strict';
// Links and forms of a page of ours. The templates always quote attributes and close tags, so a
// reader of tags is enough; what browsers make of broken pages is the walk's business.

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /\s+([^\s=>/]+)(?:="([^"]*)")?/g;
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decode(text) {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name) => {
    if (name[0] === '#') {
      const number = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
      return String.fromCodePoint(number);
    }
    return NAMED[name] || whole;
  });
}

function attributes(text) {
  const found = {};
  for (const [, name, value] of text.matchAll(ATTRIBUTE)) {
    found[name.toLowerCase()] = decode(value || '');
  }
  return found;
}

/** [{ close, tag, attributes, end }] in order. */
function tags(html) {
  const clean = html.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
  return [...clean.matchAll(TAG)].map((match) => ({
    close: match[1] === '/',
    tag: match[2].toLowerCase(),
    attributes: attributes(match[3]),
    end: match.index + match[0].length,
  }));
}

/** Every href of the page as written. */
function links(html) {
  return tags(html).filter((t) => t.tag === 'a' && !t.close && t.attributes.href).map((t) => t.attributes.href);
}

function fieldOf(t, html) {
  const field = {
    tag: t.tag,
    type: t.tag === 'input' ? t.attributes.type || 'text' : t.tag,
    name: t.attributes.name,
    value: t.attributes.value === undefined ? '' : t.attributes.value,
    isChecked: 'checked' in t.attributes,
    isRequired: t.attributes['aria-required'] === 'true' || 'required' in t.attributes,
    isMultiple: 'multiple' in t.attributes,
    inputMode: t.attributes.inputmode || '',
    options: [],
  };
  if (t.tag === 'textarea') {
    const rest = html.slice(t.end);
    field.value = decode(rest.slice(0, rest.indexOf('</textarea>'))).replace(/^\r?\n/, '');
  }
  return field;
}

/** The forms of a page: { id, action, method, isMultipart, fields }. Buttons are fields of type
 * button; a field with form="id" outside its form is found too. */
function forms(html) {
  const found = [];
  const strays = [];
  let form = null;
  let select = null;
  for (const t of tags(html)) {
    if (t.tag === 'form') {
      form = t.close ? null : {
        id: t.attributes.id || '',
        action: t.attributes.action || '',
        method: (t.attributes.method || 'get').toUpperCase(),
        isMultipart: t.attributes.enctype === 'multipart/form-data',
        fields: [],
      };
      if (form) {
        found.push(form);
      }
    } else if (t.tag === 'option' && !t.close && select) {
      select.options.push(t.attributes.value || '');
      if ('selected' in t.attributes || select.options.length === 1) {
        select.value = t.attributes.value || '';
      }
    } else if (['input', 'select', 'textarea', 'button'].includes(t.tag) && !t.close) {
      const field = fieldOf(t, html);
      select = t.tag === 'select' ? field : null;
      if (t.attributes.form) {
        strays.push([t.attributes.form, field]);
      } else if (form) {
        form.fields.push(field);
      }
    }
  }
  for (const [id, field] of strays) {
    const owner = found.find((one) => one.id === id);
    if (owner) {
      owner.fields.push(field);
    }
  }
  return found;
}

module.exports = { links, forms, decode };
