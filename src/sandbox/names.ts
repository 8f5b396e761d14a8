/** First names from many places; some with marks. */
export const FIRST_NAMES: readonly string[] = listed(`
  Adaeze, Aiko, Alma, Amélie, Anaïs, Anselm, Aroha, Asha, Bao, Beatriz, Björn, Bronwyn, Camille, Caoimhe, Chidi, Chloë,
  Dagný, Dilnoza, Dmitri, Elif, Emeka, Esra, Farid, Fatou, Femke, Gaston, Gülşen, Hana, Henrike, Hiroshi, Ibrahim, Ilse,
  Imani, Inês, Ioana, Ivo, Jaroslav, Joana, João, Jun, Jürgen, Kaito, Kamala, Kerttu, Kofi, Leila, Lerato, Linh, Łukasz,
  Maeve, Malik, Mateo, Mei, Mirela, Nadia, Ngaio, Niamh, Noor, Oksana, Omar, Oyelaran, Paloma, Pekka, Petra, Priya,
  Rafael, Renée, Rohan, Sanna, Seán, Siobhán, Søren, Tama, Tereza, Thabo, Tomás, Umut, Vesna, Wanjiru, Xiulan, Yara,
  Yusuf, Zoë, Zsófia`);

/** Last names from as many; some with marks, apostrophes, hyphens or spaces. */
export const LAST_NAMES: readonly string[] = listed(`
  Abara, Acheampong, Almássy, Anand, Aukland, Balogun, Barbosa, Bergström, Blum, Boateng, Brankov, Brennan, Çelik,
  Chaudhry, Chen, Côté, D'Angelo, da Fonseca, Dlamini, Dvořák, Eriksdóttir, Farouk, Ferreira, Fischer, Fukuda, García,
  Grönholm, Guðmundsson, Haddad, Hansen, Hoang, Horvat, Ibáñez, Ivanova, Jansen, Jónsson, Kapoor, Karimov, Kimani,
  Kowalczyk, Kruger, Kuznetsov, Laurent, Lindqvist, Lopes-Vidal, Mäkinen, Mbeki-Roth, Melnyk, Moreau, Müller, N'Diaye,
  Nakagawa, Ndlovu, Nguyễn, Novák, Núñez, O'Brien, O'Malley, Okafor, Okonkwo, Olsen, Osei, Østergaard, Pałka, Papadakis,
  Park, Petrescu, Pham, Quist, Rahman, Rautio, Rossi, Saito, Salazar, Schröder, Sharma, Škoda, Sørensen, Strauß, Tanaka,
  Tesfaye, Tóth, Tran, Ueda, van den Berg, van Rijn, Wójcik, Yılmaz, Zhang, Živković`);

function listed(names: string): string[] {
  return names.trim().split(/,\s+/);
}
