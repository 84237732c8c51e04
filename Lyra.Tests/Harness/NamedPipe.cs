using System.IO;
using System.Runtime.InteropServices;

namespace Lyra.Tests.Harness;

/// <summary>
/// Makes named pipes (FIFOs), which .NET cannot make. Opening one for reading waits until another process opens it for writing.
/// </summary>
internal static partial class NamedPipe
{
    private const uint OwnerOnly = 0x180;

    public static void Create(string path)
    {
        if (MakePipe(path, OwnerOnly) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);
}
