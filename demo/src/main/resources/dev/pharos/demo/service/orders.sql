CREATE TABLE carrier (region VARCHAR PRIMARY KEY);
INSERT INTO carrier VALUES ('eu-north'), ('us-east'), ('eu-south'), ('us-west'), ('ap-east');
CREATE TABLE quote (product VARCHAR, region VARCHAR, PRIMARY KEY (product, region),
    CONSTRAINT quote_needs_carrier FOREIGN KEY (region) REFERENCES carrier ON DELETE CASCADE);
CREATE TABLE purchase (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, product VARCHAR, quantity INT, region VARCHAR,
    CONSTRAINT purchase_needs_carrier FOREIGN KEY (region) REFERENCES carrier ON DELETE CASCADE);
