-- Scalar macro: an item in the words of its form; a table that is scored as a whole has words for its rows alone.
create or replace macro item_words(title_ru, title_en, item, language) as coalesce(
	case when language = 'en' then title_en else title_ru end,
	case when language = 'en' then 'Item ' else 'Пункт ' end || item
);
