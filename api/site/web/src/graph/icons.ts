/** Line drawings for the icon names of the ontology (map:icon), on a square of 24. */
const DRAWINGS: Readonly<Record<string, string>> = {
  badge: '<circle cx="12" cy="9" r="5.5"/><path d="M8.5 13.5 7 21l5-2.5 5 2.5-1.5-7.5"/>',
  broadcast:
    '<circle cx="12" cy="12" r="2"/><path d="M8 16a5.6 5.6 0 0 1 0-8M16 8a5.6 5.6 0 0 1 0 8M5 19a9.9 9.9 0 0 1 0-14M19 5a9.9 9.9 0 0 1 0 14"/>',
  building: '<path d="M5 21V4h10v17M15 9h4v12M3 21h18M8.5 8h3M8.5 12h3M8.5 16h3"/>',
  file: '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
  gear: '<circle cx="12" cy="12" r="3.5"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"/>',
  globe:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
  lightbulb: '<path d="M9 17a6.5 6.5 0 1 1 6 0v1.5H9zM10 21.5h4"/>',
  newspaper: '<path d="M4 5h13v14H5.5A1.5 1.5 0 0 1 4 17.5zM17 9h3v8.5a1.5 1.5 0 0 1-3 0M7 9h7M7 12.5h7M7 16h4"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.6 3.7-7 7.5-7s6.9 2.4 7.5 7"/>',
  pin: '<path d="M12 21.5c4-5 6.5-8.3 6.5-11.500a6.5 6.5 0 0 0-13 0c0 3.2 2.5 6.5 6.5 11.5z"/><circle cx="12" cy="10" r="2.3"/>',
  quote: '<path d="M10 7c-3 .8-4.5 3-4.5 6v4H10v-4.500H7.700M18.5 7c-3 .8-4.5 3-4.5 6v4h4.500v-4.500h-2.3"/>',
};

/** The drawing as a data address, or null for a name that has none. */
export function iconAddress(name: string, colour: string): string | null {
  const drawing = DRAWINGS[name];
  if (!drawing) return null;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 24 24" fill="none" stroke="${colour}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${drawing}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
