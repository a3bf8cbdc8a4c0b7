/* What a script makes smoother. Every page works without it.
   data-busy: words of a button while its form is on the way; data-long: ask before typed words are
   lost; data-keep-scroll: the same place after a small act; data-max with data-live, data-still,
   data-full: the ballot's count; data-copy, data-done, data-print: buttons that need a script;
   data-look, data-part, data-from: while one writes, a part of the page of that
   address is asked for and shown. */
(function () {
  'use strict';
  var doc = document, changed = null, key = 'y' + location.pathname;

  function all(selector, root) {
    return [].slice.call((root || doc).querySelectorAll(selector));
  }

  /* Sent once: the buttons grey; a second press does nothing. */
  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.method === 'get') { return; }
    if (form.sent) { event.preventDefault(); return; }
    form.sent = true;
    if (form.hasAttribute('data-keep-scroll')) {
      try { sessionStorage.setItem(key, pageYOffset); } catch (e) { /* private mode */ }
    }
    setTimeout(function () {
      all('button').forEach(function (button) {
        if (button.form !== form || button.type !== 'submit') { return; }
        button.was = button.innerHTML;
        button.disabled = true;
        button.textContent = button.getAttribute('data-busy') || button.textContent;
      });
    }, 0);
  });

  /* Back from the next page: the form may be sent again. */
  addEventListener('pageshow', function (event) {
    if (!event.persisted) { return; }
    all('form').forEach(function (form) { form.sent = false; });
    all('button').forEach(function (button) {
      if (button.was) { button.innerHTML = button.was; button.disabled = false; }
    });
  });

  try {
    if (doc.querySelector('[data-keep-scroll]') && !doc.querySelector('[role=alert]')) {
      scrollTo(0, sessionStorage.getItem(key) || 0);
    }
    sessionStorage.removeItem(key);
  } catch (e) { /* private mode */ }

  all('form[data-long]').forEach(function (form) {
    form.addEventListener('input', function () { changed = form; });
  });
  addEventListener('beforeunload', function (event) {
    if (changed && !changed.sent) { event.preventDefault(); event.returnValue = ''; }
  });

  /* The QR of a slip opens /sign-in#1234567890123456: the code stays on this device until it is
     sent by the form, and leaves the address bar at once. */
  all('input[name=code]').forEach(function (input) {
    var code = /^#(\d{16})$/.exec(location.hash);
    if (!code || input.value) { return; }
    input.value = code[1].replace(/(\d{4})(?=\d)/g, '$1 ');
    if (history.replaceState) { history.replaceState(null, '', location.pathname + location.search); }
  });

  /* The ballot: a living count, and no pick beyond the limit. */
  all('form[data-max]').forEach(function (form) {
    var full = form.querySelector('[data-full]');
    function picked() { return all('.option-box:checked', form).length; }
    function show() {
      var n = picked();
      all('[data-still]', form).forEach(function (still) { still.hidden = true; });
      all('[data-live]', form).forEach(function (live) {
        var b = live.querySelector('b');
        live.hidden = false;
        if (b) { b.textContent = n; }
      });
      all('.seats i', form).forEach(function (seat, i) { seat.className = i < n ? 'on' : ''; });
    }
    form.addEventListener('change', function (event) {
      var over = event.target.checked && picked() > +form.getAttribute('data-max');
      if (over) { event.target.checked = false; }
      if (full) { full.textContent = over ? full.getAttribute('data-full') : ''; }
      show();
    });
    addEventListener('pageshow', show);
    show();
  });

  /* What belongs to the words in the fields of data-from, asked for when the hand rests. */
  all('[data-look]').forEach(function (place) {
    var last = '', timer;
    function value(id) { return doc.getElementById(id).value; }
    function ask() {
      var words = place.getAttribute('data-from').split(' ').map(value).join(' ').slice(0, 200);
      var request = new XMLHttpRequest();
      if (words === last) { return; }
      last = words;
      request.open('GET', place.getAttribute('data-look') + '?words=' + encodeURIComponent(words));
      request.responseType = 'document';
      request.onload = function () {
        var found = (request.response || doc).getElementById(place.getAttribute('data-part'));
        var was = place.querySelector('input:checked');
        if (!found || words !== last || was && was.value) { return; }
        place.textContent = '';
        place.appendChild(doc.importNode(found, true));
      };
      request.send();
    }
    place.parentNode.addEventListener('input', function (event) {
      if (event.target.type === 'radio') { return; }
      clearTimeout(timer);
      timer = setTimeout(ask, 700);
    });
  });

  all('[data-copy],[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      if (button.hasAttribute('data-print')) { print(); return; }
      var range = doc.createRange(), selection = getSelection();
      range.selectNodeContents(doc.getElementById(button.getAttribute('data-copy')));
      selection.removeAllRanges();
      selection.addRange(range);
      if (doc.execCommand('copy')) { button.textContent = button.getAttribute('data-done'); }
    });
  });
})();
