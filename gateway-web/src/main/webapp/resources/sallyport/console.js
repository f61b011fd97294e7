'use strict';

// Buttons name the approval they stand beside, so that a list refreshed in between cannot shift what is decided.
document.addEventListener('click', event => {
  const button = event.target.closest('button[data-choose]');
  if (button) {
    const id = button.closest('[data-approval]').dataset.approval;
    choose([{ name: 'id', value: id }, { name: 'ruling', value: button.dataset.choose }]);
  }
  const back = event.target.closest('button[data-close]');
  if (back) {
    PF(back.dataset.close).hide();
  }
});

// The sign-in ran out, or the view is gone: start over instead of showing what is no longer true.
document.addEventListener('DOMContentLoaded', () => {
  jQuery(document).on('pfAjaxError', () => window.location.reload());
});
