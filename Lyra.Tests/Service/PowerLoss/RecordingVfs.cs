using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lyra.Tests.Service.PowerLoss;

/// <summary>
/// Records what SQLite does to the files of a folder. SQLite reaches files through tables of functions (its VFS). This one replaces those
/// that open, write, truncate, sync and delete by functions that record, and then call the replaced ones.
/// </summary>
/// <remarks>The layouts are those of <c>sqlite3_vfs</c> and <c>sqlite3_io_methods</c>, in fields of pointer size.</remarks>
internal sealed unsafe partial class RecordingVfs : IDisposable
{
    private const int VfsFields = 21;
    private const int NextField = 2;
    private const int NameField = 3;
    private const int OpenField = 5;
    private const int DeleteField = 6;
    private const int MethodFields = 19;
    private const int WriteField = 3;
    private const int TruncateField = 4;
    private const int SyncField = 5;

    private static RecordingVfs? _current;

    private readonly Lock _lock = new();
    private readonly List<DiskEvent> _events = [];
    private readonly ConcurrentDictionary<nint, (string Name, nint Methods)> _files = new();
    private readonly ConcurrentDictionary<nint, nint> _methods = new();
    private readonly string _folder;
    private readonly nint* _original;
    private readonly nint* _own;

    /// <summary>Records until it is disposed. There is one at a time.</summary>
    public RecordingVfs(string folder)
    {
        _folder = folder;
        _original = (nint*)Find(null);
        _own = (nint*)NativeMemory.Alloc(VfsFields, (nuint)sizeof(nint));
        new ReadOnlySpan<nint>(_original, VfsFields).CopyTo(new Span<nint>(_own, VfsFields));
        _own[NextField] = 0;
        _own[NameField] = Marshal.StringToCoTaskMemUTF8("recording");
        _own[OpenField] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int>)&Open;
        _own[DeleteField] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, int>)&Delete;
        _current = this;
        _ = Register((nint)_own, 1);
    }

    /// <summary>What happened so far.</summary>
    public DiskEvent[] Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public void Acknowledge(int number) => Add(new DiskEvent.Acknowledged(number));

    public void Dispose()
    {
        _ = Unregister((nint)_own);
        _ = Register((nint)_original, 1);
    }

    private void Add(DiskEvent one)
    {
        lock (_lock)
        {
            _events.Add(one);
        }
    }

    /// <summary>The name of a file within the folder; null if it is another one.</summary>
    private string? NameOf(byte* path) =>
        Marshal.PtrToStringUTF8((nint)path) is { } text && text.StartsWith(_folder, StringComparison.Ordinal)
            && !text.EndsWith("-shm", StringComparison.Ordinal) ? text[(_folder.Length + 1)..] : null;

    /// <summary>A copy of a table of functions that records.</summary>
    private static nint Recording(nint methods)
    {
        nint* copy = (nint*)NativeMemory.Alloc(MethodFields, (nuint)sizeof(nint));
        new ReadOnlySpan<nint>((nint*)methods, MethodFields).CopyTo(new Span<nint>(copy, MethodFields));
        copy[WriteField] = (nint)(delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int>)&Write;
        copy[TruncateField] = (nint)(delegate* unmanaged[Cdecl]<nint*, long, int>)&Truncate;
        copy[SyncField] = (nint)(delegate* unmanaged[Cdecl]<nint*, int, int>)&Sync;
        return (nint)copy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, byte* path, nint* file, int flags, int* outFlags)
    {
        RecordingVfs vfsOfTest = _current!;
        nint original = (nint)vfsOfTest._original;
        int result = ((delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int>)vfsOfTest._original[OpenField])(
            original, path, file, flags, outFlags);
        if (result == 0 && vfsOfTest.NameOf(path) is { } name)
        {
            // The table that the original has set is the first field of the file.
            vfsOfTest._files[(nint)file] = (name, *file);
            *file = vfsOfTest._methods.GetOrAdd(*file, Recording);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(nint vfs, byte* path, int syncFolder)
    {
        if (_current!.NameOf(path) is { } name)
        {
            _current.Add(new DiskEvent.Deleted(name, syncFolder != 0));
        }

        nint* original = _current._original;
        return ((delegate* unmanaged[Cdecl]<nint, byte*, int, int>)original[DeleteField])((nint)original, path, syncFolder);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint* file, byte* bytes, int count, long offset)
    {
        (string name, nint methods) = _current!._files[(nint)file];
        _current.Add(new DiskEvent.Written(name, offset, new ReadOnlySpan<byte>(bytes, count).ToArray()));
        return ((delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int>)((nint*)methods)[WriteField])(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint* file, long length)
    {
        (string name, nint methods) = _current!._files[(nint)file];
        _current.Add(new DiskEvent.Truncated(name, length));
        return ((delegate* unmanaged[Cdecl]<nint*, long, int>)((nint*)methods)[TruncateField])(file, length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint* file, int flags)
    {
        (string name, nint methods) = _current!._files[(nint)file];
        int result = ((delegate* unmanaged[Cdecl]<nint*, int, int>)((nint*)methods)[SyncField])(file, flags);
        _current.Add(new DiskEvent.Synced(name));
        return result;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Register(nint vfs, int isDefault);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_unregister")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Unregister(nint vfs);
}
