namespace Lyra;

/// <summary>
/// Finds the modules that scripts import by path. Called on the engine's thread; one that several engines share must be thread-safe.
/// What it throws reaches the script as an <c>ImportError</c> with the exception's message.
/// </summary>
public interface IModuleLoader
{
    /// <summary>The one name of a module, whichever way it is imported: modules of the same name are one and run once. It is what traces show.</summary>
    /// <param name="path">What the script wrote after <c>import</c>.</param>
    /// <param name="importer">The name of the file that contains the import.</param>
    /// <returns>The name, or null when there is no such module.</returns>
    string? Resolve(string path, string importer);

    /// <summary>The source text of a module that <see cref="Resolve"/> named.</summary>
    string Load(string name);
}
