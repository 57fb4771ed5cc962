/** Numbers of the management groups (Zephyr, "MCUmgr", Group IDs). 64 and up belong to vendors. */
export const GROUP = {
  os: 0,
  image: 1,
  statistics: 2,
  settings: 3,
  files: 8,
  shell: 9,
  enumeration: 10,
  basic: 63,
} as const;
