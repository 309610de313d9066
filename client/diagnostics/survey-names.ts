/** Controls that SurveyJS draws without a name, or with a role that says something else than what they are. */
const menders: Readonly<Record<string, (control: Element) => void>> = {
	// a list drawn as the browser's own
	'select:not([aria-label], [aria-labelledby])': (select) => nameByTitle(select),
	'.sd-dropdown--select button:not([aria-hidden])': (arrow) => arrow.setAttribute('aria-hidden', 'true'),
	// the field inside a long scale that a phone shows as a list
	'.sd-dropdown__filter-string-input:not([aria-label], [aria-labelledby])': (field) => nameByTitle(field),
	// the field for a remark or for an answer of one's own
	'textarea:not([aria-label], [aria-labelledby])': (field) => {
		const asked = field.closest('.sd-question__comment-area')?.firstElementChild ?? besideChoice(field);
		const words = asked?.textContent?.trim();
		if (words) field.setAttribute('aria-label', words);
		else nameByTitle(field);
	},
	// a label that works as a button
	'label.sd-file__choose-btn:not([role])': (label) => label.setAttribute('role', 'button'),
	// stars and faces, which have no words
	'.sd-rating label[title] > input:not([aria-label])': (star) =>
		star.setAttribute('aria-label', (star.parentElement as HTMLElement).title),
	// yes and no as two choices: without a group nobody hears what they answer
	'.sd-question--boolean fieldset[role="presentation"]': (choices) => {
		choices.setAttribute('role', 'radiogroup');
		nameByTitle(choices);
	},
	'fieldset[role="radiogroup"]:has(input[type="checkbox"])': (choices) =>
		choices.setAttribute('role', 'group'),
	// a whole question that says it were a field of text
	'.sd-question[role="textbox"]': (question) =>
		question.setAttribute('role', question.querySelector('input[type="radio"]') ? 'radiogroup' : 'group'),
	// what is put in order with the arrow keys
	'.sv-ranking:not([role]):has(> .sv-ranking-item), .sv-ranking__container:not([role]):has(> .sv-ranking-item)':
		(list) => {
			list.setAttribute('role', 'listbox');
			nameByTitle(list);
		},
	'.sv-ranking-item:not([role])': (item) => item.setAttribute('role', 'option'),
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
