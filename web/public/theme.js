// Sets the chosen theme before the first paint. Apart from the bundle because a module would run after it.
try {
  const theme = localStorage.getItem('digpit.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden here: the system's theme stands.
}
