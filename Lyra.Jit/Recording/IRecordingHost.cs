using Lyra.Jit.Deoptimization;

namespace Lyra.Jit.Recording;

/// <summary>What a recording wants of the interpreter besides its stacks.</summary>
internal interface IRecordingHost
{
    IFrameHost Frames { get; }

    /// <summary>Whether a recording runs, which is told of errors and of frames that end otherwise than by a return.</summary>
    bool IsRecording { set; }

    /// <summary>Whether the recording is told of every frame that is pushed. Makes calls slower.</summary>
    bool ReportsCalls { set; }

    /// <summary>Has the recording told when a frame is left by a return.</summary>
    void WatchReturn(int frame);
}
