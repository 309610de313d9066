-- Scalar macro: an item in the words of its form, or its name where the form has none.
create or replace macro item_words(title_ru, title_en, item, language) as coalesce(
	case when language = 'en' then title_en else title_ru end,
	case when language = 'en' then 'Item ' else 'Пункт ' end || item
);
