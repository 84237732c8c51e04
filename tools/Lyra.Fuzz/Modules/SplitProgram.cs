using System.Collections.Generic;

namespace Lyra.Fuzz.Modules;

/// <summary>One program in two forms, which must print the same.</summary>
/// <param name="Single">The program as one module.</param>
/// <param name="Main">The main module of the program as two modules.</param>
/// <param name="Library">The module that it imports.</param>
internal sealed record SplitProgram(string Single, string Main, string Library)
{
    /// <summary>The name under which the main module imports the library.</summary>
    public const string LibraryName = "lib";

    /// <summary>A loader that finds the library.</summary>
    public IModuleLoader Loader => new DictionaryModuleLoader(new Dictionary<string, string> { [LibraryName] = Library });
}
