// @neo4j/graphql on Apollo over the project's own graph. Environment: BOLT, USER, PASSWORD, PORT.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const typeDefs = /* GraphQL */ `
  type Article @node {
    id: ID!
    title: String
    published: Date
    writtenBy: [Person!]! @relationship(type: "WRITTEN_BY", direction: OUT)
    publishedBy: [Outlet!]! @relationship(type: "PUBLISHED_BY", direction: OUT)
    mentions: [Country!]! @relationship(type: "MENTIONS", direction: OUT)
    statements: [Statement!]! @relationship(type: "STATED_IN", direction: IN)
    citations: [Citation!]! @relationship(type: "IN_ARTICLE", direction: IN)
  }
  type Person @node {
    id: ID!
    name: String
    articles: [Article!]! @relationship(type: "WRITTEN_BY", direction: IN)
    statements: [Statement!]! @relationship(type: "ATTRIBUTED_TO", direction: IN)
    citations: [Citation!]! @relationship(type: "OF", direction: IN)
  }
  type Outlet @node {
    id: ID!
    name: String
    articles: [Article!]! @relationship(type: "PUBLISHED_BY", direction: IN)
  }
  type Country @node {
    id: ID!
    iso2: String
    name: String
    claims: [Claim!]! @relationship(type: "ABOUT", direction: IN)
    statementsAbout: [Statement!]! @relationship(type: "ABOUT", direction: IN)
    mentionedIn: [Article!]! @relationship(type: "MENTIONS", direction: IN)
  }
  type Statement @node {
    id: ID!
    text: String
    kind: String
    cue: String
    negated: Boolean
    hedged: Boolean
    published: Date
    statedIn: [Article!]! @relationship(type: "STATED_IN", direction: OUT)
    attributedTo: [Person!]! @relationship(type: "ATTRIBUTED_TO", direction: OUT)
    about: [Country!]! @relationship(type: "ABOUT", direction: OUT)
    expresses: [Claim!]! @relationship(type: "EXPRESSES", direction: OUT)
  }
  type Claim @node {
    id: ID!
    text: String
    about: [Country!]! @relationship(type: "ABOUT", direction: OUT)
    statements: [Statement!]! @relationship(type: "EXPRESSES", direction: IN)
  }
  type Citation @node {
    id: ID!
    role: String
    inArticle: [Article!]! @relationship(type: "IN_ARTICLE", direction: OUT)
    of: [Person!]! @relationship(type: "OF", direction: OUT)
  }
`;

const { BOLT = "bolt://127.0.0.1:7687", USER, PASSWORD, PORT = "4001" } = process.env;
const auth = PASSWORD ? neo4j.auth.basic(USER ?? "neo4j", PASSWORD) : undefined;
const driver = neo4j.driver(BOLT, auth, { maxConnectionPoolSize: 100 });
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const server = new ApolloServer({ schema });
const { url } = await startStandaloneServer(server, {
  listen: { port: Number(PORT), host: "127.0.0.1" },
});
console.log(`listening on ${url}`);
