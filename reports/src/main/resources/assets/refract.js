// Sorting, filtering and stepping; the pages are whole without it.
'use strict';

const value = cell => cell.dataset.value ?? cell.textContent.trim();
const number = text => { const n = parseFloat(text.replace(/[%+]/g, '')); return Number.isNaN(n) ? -Infinity : n; };

for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    const sort = () => {
      const text = head.dataset.type === 'text';
      const up = head.getAttribute('aria-sort') === (text ? 'ascending' : 'descending') ? !text : text;
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const body = table.tBodies[0];
      const rows = [...body.rows].sort((a, b) => {
        const x = value(a.cells[column]), y = value(b.cells[column]);
        return (text ? x.localeCompare(y) : number(x) - number(y)) * (up ? 1 : -1);
      });
      body.append(...rows);
    };
    head.addEventListener('click', sort);
    head.addEventListener('keydown', e => { if (e.key === 'Enter') sort(); });
  });
}

const questions = document.getElementById('questions');
if (questions) {
  const outcome = document.getElementById('outcome'), search = document.getElementById('search'), shown = document.getElementById('shown');
  const filter = () => {
    const words = search.value.toLowerCase();
    let count = 0;
    for (const row of questions.tBodies[0].rows) {
      row.hidden = (outcome.value && row.dataset.outcome !== outcome.value) || !row.textContent.toLowerCase().includes(words);
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = count + ' of ' + questions.tBodies[0].rows.length;
  };
  outcome.addEventListener('change', filter);
  search.addEventListener('input', filter);
  filter();
}

document.addEventListener('keydown', e => {
  if (e.target.tagName === 'INPUT' || e.ctrlKey || e.metaKey || e.altKey) return;
  const rel = { j: 'next', k: 'prev' }[e.key];
  const link = rel && document.querySelector(`a[rel=${rel}]`);
  if (link) link.click();
});
