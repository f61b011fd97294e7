
(function () {
  'use strict';
  var records = JSON.parse(document.getElementById('records').textContent);
  var events = [];
  var shown = 0;
  var timer = null;
  var by = function (id) { return document.getElementById(id); };

  // What would not show, or would reorder what is shown, is written out.
  function plain(text) {
    return String(text).replace(/[\p{C}\p{Zl}\p{Zp}\p{Zs}\p{DI}\u2800]/gu, function (c) {
      return c === ' ' || c === '\n' || c === '\t'
        ? c : '\u27E8U+' + c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0') + '\u27E9';
    });
  }

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = plain(text);
    return made;
  }

  function add(at, title, lines, bad) {
    events.push({ at: Date.parse(at), time: at, title: title, lines: lines, bad: bad });
  }

  function parameters(list) {
    return list.map(function (value, i) { return '$' + (i + 1) + ' = ' + (value === null ? 'NULL' : value); });
  }

  var head = by('session');
  function tell(name, value) { head.append(element('dt', name), element('dd', value)); }

  var readers = {
    session: function (r) {
      tell('id', r.id); tell('identity', r.identity); tell('groups', r.groups.join(', '));
      tell('connection', r.connection); tell('client', r.client_address); tell('started', r.started);
      tell('gateway', r.gateway_version); tell('policy', r.policy_version);
      add(r.started, 'Session started', []);
    },
    approval: function (r) {
      add(r.held_at, 'Held by ' + r.guardrail, [r.reason, 'for ' + r.approver_groups.join(', ')]);
      if (r.closed_at !== null) {
        add(r.closed_at, 'Approval ' + r.state + (r.decided_by === null ? '' : ' by ' + r.decided_by),
          r.decision_reason === null ? [] : [r.decision_reason], r.state === 'denied');
      }
    },
    statement: function (r) {
      add(r.asked, '#' + r.number + ' asked', [r.text].concat(parameters(r.parameters)));
      add(r.decided, '#' + r.number + ' ' + r.verdict + ' by ' + r.rule
        + (r.refused_with === null ? '' : ', refused with ' + r.refused_with),
        (r.relations.length ? ['touches ' + r.relations.join(', ')] : [])
          .concat(r.labels.length ? ['labels ' + r.labels.join(', ')] : []), r.verdict === 'DENY');
    },
    outcome: function (r) {
      add(r.completed, '#' + r.number + ' ' + (r.sql_state === null ? r.command_tag : 'failed with ' + r.sql_state),
        [r.row_count + ' rows, ' + r.byte_count + ' bytes, ' + r.duration_micros / 1000 + ' ms']
          .concat(r.found.length ? ['found ' + r.found.join(', ')] : []), r.sql_state !== null);
    },
    // It stands behind the outcome that it came with.
    result: function (r) {
      var event = events[events.length - 1];
      r.results.forEach(function (result) {
        event.lines.push((result.columns.length ? [result.columns] : []).concat(result.rows).map(function (row) {
          return row.map(function (value) { return value === null ? 'NULL' : value; }).join(' | ');
        }).join('\n'));
      });
      if (r.more) { event.lines.push('and more'); }
    },
    session_end: function (r) { add(r.ended, 'Session ended', [r.reason]); }
  };
  records.forEach(function (r) { if (Object.hasOwn(readers, r.record)) { readers[r.record](r); } });
  // In the order of their times; of those that share one, in the order of the export.
  events.sort(function (a, b) { return a.time.slice(0, 19) === b.time.slice(0, 19)
    ? fraction(a.time) - fraction(b.time) : a.at - b.at; });
  function fraction(time) { var part = /\.(\d+)Z$/.exec(time); return part ? Number('0.' + part[1]) : 0; }
  var last = records[records.length - 1];
  if (!last || last.record !== 'end_of_export' || last.lines !== records.length - 1) {
    document.body.prepend(element('p', 'This export is incomplete: it was cut off while it was written.'));
  }

  function item(event) {
    var made = element('li', '');
    if (event.bad) { made.className = 'bad'; }
    made.append(element('b', event.title), element('small', event.time));
    event.lines.forEach(function (line) { made.append(element('pre', line)); });
    return made;
  }

  function go(count) {
    var list = by('events');
    shown = Math.max(1, Math.min(events.length, count));
    while (list.childElementCount > shown) { list.lastElementChild.remove(); }
    while (list.childElementCount < shown) { list.append(item(events[list.childElementCount])); }
    list.querySelectorAll('.now').forEach(function (old) { old.classList.remove('now'); });
    list.lastElementChild.classList.add('now');
    list.lastElementChild.scrollIntoView({ block: 'nearest' });
    by('at').value = shown - 1;
    by('clock').textContent = shown + ' of ' + events.length + ', ' + events[shown - 1].time;
  }

  function stop() {
    clearTimeout(timer);
    timer = null;
    by('play').textContent = 'Play';
    by('play').setAttribute('aria-pressed', 'false');
  }

  function next() {
    if (shown >= events.length) { stop(); return; }
    var pause = Math.max(0, events[shown].at - events[shown - 1].at);
    if (by('short').checked) { pause = Math.min(pause, 2000); }
    timer = setTimeout(function () { go(shown + 1); next(); }, Math.min(pause / Number(by('speed').value), 2147483647));
  }

  function play() {
    if (timer !== null) { stop(); return; }
    if (shown >= events.length) { go(1); }
    by('play').textContent = 'Pause';
    by('play').setAttribute('aria-pressed', 'true');
    next();
  }

  function jump(count) { stop(); go(count); }
  var actions = {
    first: function () { jump(1); }, back: function () { jump(shown - 1); }, play: play,
    forth: function () { jump(shown + 1); }, last: function () { jump(events.length); }
  };
  Object.keys(actions).forEach(function (id) { by(id).addEventListener('click', actions[id]); });
  by('at').max = events.length - 1;
  by('at').addEventListener('input', function () { jump(Number(by('at').value) + 1); });
  var keys = { ' ': 'play', ArrowLeft: 'back', ArrowRight: 'forth', Home: 'first', End: 'last' };
  document.addEventListener('keydown', function (event) {
    var own = /^(BUTTON|SELECT|INPUT)$/.test(event.target.tagName);
    if (!own && !event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      actions[keys[event.key]]();
    }
  });
  if (events.length > 0) { go(1); }
})();
