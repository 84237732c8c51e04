namespace Lyra;

/// <summary>
/// Finds the modules that scripts import by path. The engine calls it on its own thread; a loader shared by several engines must be
/// thread-safe. An exception of the loader reaches the script as an <c>ImportError</c> with the message of the exception.
/// </summary>
public interface IModuleLoader
{
    /// <summary>
    /// Returns the canonical name of a module. Imports that resolve to the same name share one module, which runs once. Traces show this
    /// name.
    /// </summary>
    /// <param name="path">The path that the script wrote after <c>import</c>.</param>
    /// <param name="importer">The name of the file that contains the import.</param>
    /// <returns>The name; null when there is no such module.</returns>
    string? Resolve(string path, string importer);

    /// <summary>Returns the source text of a module.</summary>
    /// <param name="name">A name that <see cref="Resolve"/> returned.</param>
    string Load(string name);
}
