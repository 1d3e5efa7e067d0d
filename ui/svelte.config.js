/** No preprocessors: TypeScript in components is stripped by the compiler. */
export default { compilerOptions: { runes: true } };
