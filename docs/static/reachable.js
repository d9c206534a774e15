/* What scrolls sideways can be reached and scrolled with the keyboard. */
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("article pre, .table-wrapper, article table")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
});
