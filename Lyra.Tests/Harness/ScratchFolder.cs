using System;
using System.IO;

namespace Lyra.Tests.Harness;

/// <summary>A folder for the files of one test; deleted when it is disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lyra-test-").FullName;

    /// <summary>Writes a file and returns its name within the folder.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);
        return name;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
