CREATE TABLE product (id INT PRIMARY KEY, name VARCHAR);
INSERT INTO product VALUES (0, 'oil-lamp'), (1, 'brass-compass'), (2, 'sextant'), (3, 'signal-flag'), (4, 'fog-horn'),
    (5, 'chart-table'), (6, 'ship-bell'), (7, 'spyglass'), (8, 'rope-ladder'), (9, 'anchor-chain'), (10, 'deck-lantern'),
    (11, 'tide-clock');
CREATE TABLE shelf (code VARCHAR PRIMARY KEY, product VARCHAR, quantity INT);
CREATE INDEX shelf_by_product ON shelf (product);
INSERT INTO shelf SELECT name || '-' || x, name, 50 FROM product, SYSTEM_RANGE(1, 20);
CREATE TABLE movement (id INT PRIMARY KEY, shelf VARCHAR, quantity INT);
CREATE INDEX movement_by_shelf ON movement (shelf);
INSERT INTO movement SELECT ROWNUM(), code, 5 FROM shelf, SYSTEM_RANGE(1, 10);
