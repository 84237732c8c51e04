using System.IO;

namespace Lyra.Fuzz.Batches;

/// <summary>Where reports go: a folder for each seed.</summary>
/// <param name="root">The folder of all.</param>
internal sealed class FindFolder(string root)
{
    public string Root { get; } = root;

    /// <summary>Writes a file of a find.</summary>
    /// <returns>The find's folder.</returns>
    public string Write(string find, string file, string text)
    {
        string folder = Path.Combine(Root, find);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), text);
        return folder;
    }

    /// <inheritdoc cref="Write(string, string, string)"/>
    public string Write(string find, string file, byte[] data)
    {
        string folder = Path.Combine(Root, find);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, file), data);
        return folder;
    }
}
