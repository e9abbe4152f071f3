// Sorting, filtering and keyboard navigation; the pages are complete without this script.
'use strict';

const value = cell => cell.dataset.value ?? cell.textContent.trim();
const number = text => { const n = parseFloat(text.replace(/[%+,]/g, '')); return Number.isNaN(n) ? -Infinity : n; };

// The address contains the sort order and the filters, so that a link reproduces the view.
const state = new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');
const keep = (key, text) => {
  if (text) state.set(key, text); else state.delete(key);
  history.replaceState(null, '', state.size ? '#' + state : location.pathname + location.search);
};

const sorted = (table, column, up) => {
  const head = table.tHead.rows[0].cells[column], text = head.dataset.type === 'text';
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  const rows = [...table.tBodies[0].rows].sort((a, b) => {
    const x = value(a.cells[column]), y = value(b.cells[column]);
    return (text ? x.localeCompare(y) : number(x) - number(y)) * (up ? 1 : -1);
  });
  table.tBodies[0].append(...rows);
};

for (const table of document.querySelectorAll('table.sortable')) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const text = head.dataset.type === 'text';
      const up = head.getAttribute('aria-sort') === (text ? 'ascending' : 'descending') ? !text : text;
      sorted(table, column, up);
      if (table.id === 'board') keep('sort', (up ? '' : '-') + column);
    });
  });
}

const board = document.getElementById('board'), form = document.getElementById('filter');
if (board && form) {
  form.hidden = false;
  form.addEventListener('submit', e => e.preventDefault());
  const part = id => document.getElementById(id);
  const search = part('search'), outcome = part('outcome'), complete = part('complete'), controls = part('controls');
  const filter = () => {
    const words = search.value.toLowerCase();
    let count = 0;
    for (const row of board.tBodies[0].rows) {
      row.hidden = !row.textContent.toLowerCase().includes(words)
        || Boolean(outcome && outcome.value && row.dataset.outcome !== outcome.value)
        || Boolean(complete && complete.checked && row.dataset.complete !== 'true')
        || Boolean(controls && !controls.checked && row.classList.contains('control'));
      count += row.hidden ? 0 : 1;
    }
    part('shown').textContent = count + ' of ' + board.tBodies[0].rows.length;
  };
  search.value = state.get('q') ?? '';
  if (outcome) outcome.value = state.get('outcome') ?? '';
  if (complete) complete.checked = state.has('complete');
  if (controls) controls.checked = !state.has('captioners');
  form.addEventListener('input', () => {
    keep('q', search.value);
    if (outcome) keep('outcome', outcome.value);
    if (complete) keep('complete', complete.checked ? '1' : '');
    if (controls) keep('captioners', controls.checked ? '' : '1');
    filter();
  });
  const sort = state.get('sort');
  if (sort && board.tHead.rows[0].cells[Math.abs(sort)]) sorted(board, Math.abs(sort), !sort.startsWith('-'));
  filter();
}

// j and k move to the next and the previous question, also across pages.
document.addEventListener('keydown', e => {
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key !== 'j' && e.key !== 'k') return;
  const questions = [...document.querySelectorAll('article.question[id]')];
  const here = questions.findIndex(q => '#' + q.id === location.hash);
  const to = e.key === 'j' ? here + 1 : here - 1;
  if (questions[to]) { location.hash = questions[to].id; return; }
  const link = document.querySelector(`a[rel=${e.key === 'j' ? 'next' : 'prev'}]`);
  if (link) link.click();
});
