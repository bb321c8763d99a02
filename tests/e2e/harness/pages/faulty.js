// Each fault is chosen by the address: faulty.html#violation and so on.
const faults = {
  'console-error': () => console.error('something went wrong'),
  exception: () => {
    throw new Error('thrown on purpose');
  },
  rejection: () => {
    Promise.reject(new Error('rejected on purpose'));
  },
  'inline-style': () => document.body.setAttribute('style', 'color: red'),
  'untrusted-html': () => {
    document.body.innerHTML = '<p>Not trusted</p>';
  },
  'other-origin': () => {
    location.assign('http://localhost:9/elsewhere');
  },
  refusal: () => fetch('missing.json'),
};

addEventListener('load', () => {
  setTimeout(() => faults[location.hash.slice(1)]?.());
});
