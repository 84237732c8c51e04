using System.Runtime.CompilerServices;
using Lyra.Jit.Recording;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Reports the events of frames to the running recording. The recording's type occurs only in methods that are never inlined, so that a
/// program without hot code does not load the compiler's library.
/// </summary>
internal sealed class FrameEvents
{
    private IRecordingEvents? _recording;

    /// <summary>Whether a recording runs. Unlike the recording, reading it loads no library.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>The running recording; null when none runs.</summary>
    public IRecordingEvents? Recording
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        set
        {
            _recording = value;
            IsRecorded = value is not null;
        }
    }

    /// <summary>Reports that the running frame has reached a trap and is positioned at it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportTrap(int pc) => _recording!.OnTrap(pc);

    /// <summary>Reports the frame that was pushed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportPush(FrameFlags flags) =>
        _recording!.OnPush(
            (flags & ~(FrameFlags.Discard | FrameFlags.Generator | FrameFlags.Task)) == 0, (flags & FrameFlags.Entry) != 0);

    /// <summary>Reports that a frame that the recording watched has ended. The recording may have ended before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportReturn() => _recording?.OnReturn();

    /// <summary>Reports an error in the running frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportRaise() => _recording!.OnRaise();

    /// <summary>Reports, if the recording is still running, whether an error was handled.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ReportUnwound(bool isHandled) => _recording?.OnUnwound(isHandled);

    /// <summary>Reports, if a recording is running, that frames were removed without a return.</summary>
    public void ReportSuspended()
    {
        if (IsRecorded)
        {
            TellSuspended();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellSuspended() => _recording!.OnSuspended();
}
