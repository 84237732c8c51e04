using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lyra.Tests.Service.PowerLoss;

/// <summary>The files of a folder as events have left them: what the program sees, and what is on disk for certain.</summary>
internal sealed class DiskImage
{
    /// <summary>A disk writes this many bytes completely or not at all.</summary>
    private const int Sector = 512;

    private readonly SortedDictionary<string, FileImage> _files = new(StringComparer.Ordinal);

    public void Apply(DiskEvent one)
    {
        switch (one)
        {
            case DiskEvent.Written written:
                Of(written.File).Change(one);
                break;
            case DiskEvent.Truncated truncated:
                Of(truncated.File).Change(one);
                break;
            case DiskEvent.Deleted deleted:
                Of(deleted.File).Change(one);
                if (deleted.IsSynced)
                {
                    Of(deleted.File).Sync();
                }

                break;
            case DiskEvent.Synced synced:
                SyncFolderOfNew(synced.File);
                Of(synced.File).Sync();
                break;
        }
    }

    /// <summary>Writes the files as the program sees them: the process has ended and the power has stayed.</summary>
    public void SaveWritten(string folder) => Save(folder, static file => file.After(static _ => true, null));

    /// <summary>Writes the files as they are on disk for certain: nothing arrived that was not synced.</summary>
    public void SaveSynced(string folder) => Save(folder, static file => file.After(static _ => false, null));

    /// <summary>Writes the files with any part of what was not synced: each change, and each sector of a write, arrived or not.</summary>
    public void SaveTorn(string folder, Random random) => Save(folder, file => file.After(_ => random.Next(2) == 0, random));

    private static void Write(ref byte[]? content, DiskEvent change, Random? random)
    {
        switch (change)
        {
            case DiskEvent.Written written:
                content ??= [];
                int end = (int)written.Offset + written.Bytes.Length;
                Array.Resize(ref content, Math.Max(content.Length, end));
                for (int start = 0; start < written.Bytes.Length; start += Sector)
                {
                    int count = Math.Min(Sector, written.Bytes.Length - start);
                    if (random is null || random.Next(4) > 0)
                    {
                        written.Bytes.AsSpan(start, count).CopyTo(content.AsSpan((int)written.Offset + start));
                    }
                }

                break;
            case DiskEvent.Truncated truncated:
                content ??= [];
                Array.Resize(ref content, (int)truncated.Length);
                break;
            case DiskEvent.Deleted:
                content = null;
                break;
        }
    }

    /// <summary>When SQLite syncs a file that it has made, it also syncs the folder, and so the deletions in it.</summary>
    private void SyncFolderOfNew(string name)
    {
        if (!Of(name).IsOnDisk)
        {
            foreach (FileImage file in _files.Values)
            {
                file.SyncDeletion();
            }
        }
    }

    private FileImage Of(string name)
    {
        if (!_files.TryGetValue(name, out FileImage? file))
        {
            _files.Add(name, file = new FileImage());
        }

        return file;
    }

    private void Save(string folder, Func<FileImage, byte[]?> content)
    {
        foreach (string old in Directory.EnumerateFiles(folder))
        {
            File.Delete(old);
        }

        foreach ((string name, FileImage file) in _files)
        {
            if (content(file) is { } bytes)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }
        }
    }

    private sealed class FileImage
    {
        private readonly List<DiskEvent> _unsynced = [];
        private byte[]? _synced;

        public bool IsOnDisk => _synced is not null;

        public void Change(DiskEvent change) => _unsynced.Add(change);

        public void Sync()
        {
            _synced = After(static _ => true, null);
            _unsynced.Clear();
        }

        public void SyncDeletion()
        {
            int last = _unsynced.FindLastIndex(static change => change is DiskEvent.Deleted);
            if (last >= 0)
            {
                _synced = null;
                _unsynced.RemoveRange(0, last + 1);
            }
        }

        /// <summary>The content after some of the changes that were not synced; null if there is no such file.</summary>
        public byte[]? After(Func<DiskEvent, bool> arrived, Random? random)
        {
            byte[]? content = _synced?.ToArray();
            foreach (DiskEvent change in _unsynced.Where(arrived))
            {
                Write(ref content, change, random);
            }

            return content;
        }
    }
}
