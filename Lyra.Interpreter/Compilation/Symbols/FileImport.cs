namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>What a name that is imported from a file stands for.</summary>
/// <param name="Path">The path of the module.</param>
/// <param name="Name">The name in the module; null for the module itself.</param>
/// <param name="Importer">The file that contains the import, to which the path is relative.</param>
internal sealed record FileImport(string Path, string? Name, string Importer);
