export const demoRegion = 'R-DEMO';
export const demoMunicipality = 'M-DEMO';
