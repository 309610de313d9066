import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver } from '@mantine/core';

/** Ten shades around the brand hue: Mantine wants a scale, the tokens below give what is really painted. */
const teal = [
	'#e9f4f2',
	'#d3e7e4',
	'#a6d0cb',
	'#76b8b1',
	'#4b9f99',
	'#2b8682',
	'#0f6b6b',
	'#0c5b5b',
	'#0a5050',
	'#063d3d',
] as const;

export const staffTheme = createTheme({
	primaryColor: 'brand',
	primaryShade: { light: 6, dark: 3 },
	autoContrast: true,
	luminanceThreshold: 0.35,
	colors: { brand: teal },
	// what is written on the brand hue is dark in the dark scheme: the tokens know, the scale of shades does not
	variantColorResolver: (input) => {
		const colours = defaultVariantColorsResolver(input);
		const isBrand = input.variant === 'filled' && (input.color ?? 'brand') === 'brand';
		return isBrand ? { ...colours, color: 'var(--on-brand)' } : colours;
	},
	fontFamily: 'var(--font)',
	headings: { fontFamily: 'var(--font)', fontWeight: '650' },
	fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
	lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
	radius: { xs: '3px', sm: '5px', md: '8px', lg: '8px', xl: '12px' },
	defaultRadius: 'sm',
	spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '32px' },
	shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
	cursorType: 'pointer',
	respectReducedMotion: true,
	focusRing: 'auto',
	// what stands under a label is read, not decoration: never below 13 px
	components: {
		InputWrapper: { styles: { description: { fontSize: 'var(--mantine-font-size-xs)' } } },
		Checkbox: { styles: { description: { fontSize: 'var(--mantine-font-size-xs)' } } },
		Radio: { styles: { description: { fontSize: 'var(--mantine-font-size-xs)' } } },
	},
});

const shared = {
	'--mantine-color-body': 'var(--paper)',
	'--mantine-color-text': 'var(--ink)',
	'--mantine-color-dimmed': 'var(--ink-soft)',
	'--mantine-color-default': 'var(--surface)',
	'--mantine-color-default-hover': 'var(--sunken)',
	'--mantine-color-default-color': 'var(--ink)',
	'--mantine-color-default-border': 'var(--rule)',
	'--mantine-color-anchor': 'var(--brand)',
	'--mantine-color-error': 'var(--danger)',
	'--mantine-color-placeholder': 'var(--ink-faint)',
	'--mantine-primary-color-filled': 'var(--brand)',
	'--mantine-primary-color-filled-hover': 'var(--brand-strong)',
	'--mantine-primary-color-light': 'var(--brand-soft)',
	'--mantine-primary-color-light-hover': 'var(--brand-soft)',
	'--mantine-primary-color-light-color': 'var(--brand-strong)',
	'--mantine-primary-color-contrast': 'var(--on-brand)',
	'--mantine-color-brand-filled': 'var(--brand)',
	'--mantine-color-brand-filled-hover': 'var(--brand-strong)',
	'--mantine-color-brand-light': 'var(--brand-soft)',
	'--mantine-color-brand-light-hover': 'var(--brand-soft)',
	'--mantine-color-brand-light-color': 'var(--brand-strong)',
};

/** Both schemes point at the same tokens: one table of colours for Mantine, SurveyJS, charts and print. */
export const staffVariables: CSSVariablesResolver = () => ({
	variables: {},
	// the edges of fields are seen as well as their words
	light: { ...shared, '--mantine-color-gray-4': 'var(--rule-strong)' },
	dark: {
		...shared,
		'--mantine-color-dark-4': 'var(--rule-strong)',
		'--mantine-color-dark-5': 'var(--rule)',
		'--mantine-color-dark-6': 'var(--surface)',
	},
});
