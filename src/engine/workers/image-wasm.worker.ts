// Placeholder until the first working version.
export {};
