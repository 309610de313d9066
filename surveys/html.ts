import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['childNode'];

/** Elements that give words a shape; everything else a survey does not need. */
const ELEMENTS = new Set(
	`a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
	img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul
	var`.split(/\s+/),
);

const ATTRIBUTES = new Set([
	'title',
	'lang',
	'dir',
	'colspan',
	'rowspan',
	'scope',
	'start',
	'datetime',
	'alt',
]);

/** Attributes of one element alone. */
const OWN_ATTRIBUTES: Readonly<Record<string, ReadonlySet<string>>> = {
	a: new Set(['href', 'target', 'rel']),
	img: new Set(['src', 'width', 'height']),
};

/** Why a text cannot stand in a page as HTML; `what` names the element, attribute or address. */
export interface HtmlFault {
	code: 'element' | 'attribute' | 'address' | 'remote-image';
	what: string;
}

/** The first thing in a text that is on no list of what HTML of a survey may have; read as a browser reads it. */
export function findHtmlFault(text: string): HtmlFault | undefined {
	return text.includes('<') || /javascript:/i.test(text)
		? findInNodes(parseFragment(text).childNodes)
		: undefined;
}

/** True for a picture that the survey itself carries. */
export function isOwnImage(address: string): boolean {
	return /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i.test(address.trim());
}

function findInNodes(nodes: readonly Node[]): HtmlFault | undefined {
	for (const node of nodes) {
		const fault = findInNode(node);
		if (fault) return fault;
	}
	return undefined;
}

function findInNode(node: Node): HtmlFault | undefined {
	if (node.nodeName === '#text' || node.nodeName === '#comment') return undefined;
	if (!('tagName' in node) || !ELEMENTS.has(node.tagName)) return { code: 'element', what: node.nodeName };
	for (const { name, value } of node.attrs) {
		if (!ATTRIBUTES.has(name) && !OWN_ATTRIBUTES[node.tagName]?.has(name))
			return { code: 'attribute', what: `${node.tagName} ${name}` };
		if (name === 'href' && !/^(?:https?:|mailto:|tel:|#)/i.test(value.trim()))
			return { code: 'address', what: value.slice(0, 80) };
		if (name === 'src' && !isOwnImage(value)) return { code: 'remote-image', what: value.slice(0, 80) };
	}
	return findInNodes(node.childNodes);
}
