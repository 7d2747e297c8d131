// Runs before the first paint: without it a dark screen would flash white. A file of its own because inline scripts are refused.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('daifuku-scheme') || 'auto';
  } catch {}
  const dark = wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
