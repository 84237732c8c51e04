namespace Lyra.Jit.Recording;

/// <summary>What the interpreter reports while a recording runs.</summary>
internal interface IRecordingEvents
{
    /// <summary>The running frame has reached a trap and is positioned at it. Its instruction is executed next in any case.</summary>
    void OnTrap(int pc);

    /// <summary>A frame was pushed, while <see cref="IRecordingHost.ReportsCalls"/> is set.</summary>
    /// <param name="isPlain">Whether its return only passes the result to its caller.</param>
    /// <param name="isEntry">Whether C# code has called it.</param>
    void OnPush(bool isPlain, bool isEntry);

    /// <summary>
    /// A watched frame has returned: an unfollowed one, or a followed one whose caller may be at the same instruction. An earlier recording
    /// may have watched it.
    /// </summary>
    void OnReturn();

    /// <summary>An error was raised in the running frame.</summary>
    void OnRaise();

    /// <summary>The running frame continues in a handler, or an error has propagated out of a run of the interpreter's loop.</summary>
    void OnUnwound(bool isHandled);

    /// <summary>A frame was suspended, or a whole run has ended.</summary>
    void OnSuspended();
}
