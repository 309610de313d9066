/** Controls that SurveyJS draws without a name, or with one that their role may not carry. */
const menders: Readonly<Record<string, (control: Element) => void>> = {
	// a list drawn as the browser's own
	'select:not([aria-label], [aria-labelledby])': (select) => nameByTitle(select),
	'.sd-dropdown--select button:not([aria-hidden])': (arrow) => arrow.setAttribute('aria-hidden', 'true'),
	// the field for a remark or for an answer of one's own
	'textarea:not([aria-label], [aria-labelledby])': (field) => {
		const asked = field.closest('.sd-question__comment-area')?.firstElementChild ?? besideChoice(field);
		const words = asked?.textContent?.trim();
		if (words) field.setAttribute('aria-label', words);
		else nameByTitle(field);
	},
	// a label that works as a button
	'label.sd-file__choose-btn:not([role])': (label) => label.setAttribute('role', 'button'),
};

/** The words of the choice that a field for an own answer stands under. */
function besideChoice(field: Element): Element | null {
	return field.closest('.sd-item, .sd-selectbase__item')?.querySelector('.sd-item__control-label') ?? null;
}

function nameByTitle(control: Element): void {
	const question = control.closest('[data-name]');
	if (question?.id) control.setAttribute('aria-labelledby', `${question.id}_ariaTitle`);
}

/** Gives names to what SurveyJS leaves without one inside this element, now and whenever it draws anew; returns how to end that. */
export function nameControls(around: HTMLElement): () => void {
	const mend = () => {
		for (const [unnamed, mender] of Object.entries(menders))
			for (const control of around.querySelectorAll(unnamed)) mender(control);
	};
	const watch = new MutationObserver(mend);
	watch.observe(around, { childList: true, subtree: true });
	mend();
	return () => watch.disconnect();
}
