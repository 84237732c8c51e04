using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace Lyra.Fuzz.Batches;

/// <summary>
/// A number shared by two processes: the seed that the child is about to try. It outlives the child, so the parent knows which seed crashed
/// or hung it. Writing it needs no system call.
/// </summary>
internal sealed class ProgressFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public ProgressFile(string path)
    {
        using (FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            stream.SetLength(sizeof(long));
        }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor(0, sizeof(long));
    }

    public long Seed
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
