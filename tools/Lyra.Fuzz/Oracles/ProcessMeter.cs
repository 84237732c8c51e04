using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Lyra.Fuzz.Oracles;

/// <summary>Measures the time and the peak memory of this process while it runs one case.</summary>
internal sealed class ProcessMeter
{
    private const string ResetPath = "/proc/self/clear_refs";
    private const string StatusPath = "/proc/self/status";

    private readonly Process _process = Process.GetCurrentProcess();
    private readonly Stopwatch _watch = new();
    private TimeSpan _processorTime;
    private long _startBytes;

    /// <summary>
    /// The time since the start: that of the processor if it is less than the elapsed time, which also depends on the load of the machine.
    /// </summary>
    public TimeSpan Elapsed
    {
        get
        {
            _process.Refresh();
            TimeSpan used = _process.TotalProcessorTime - _processorTime;
            return used < _watch.Elapsed ? used : _watch.Elapsed;
        }
    }

    /// <summary>The bytes by which the process has grown at most since the start.</summary>
    public long Growth => PeakBytes - _startBytes;

    /// <summary>The most resident bytes since the start. 0 where the operating system does not tell.</summary>
    public static long PeakBytes
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return 0;
            }

            foreach (string line in File.ReadLines(StatusPath))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    return 1024 * long.Parse(line.AsSpan(6, line.Length - 9), NumberStyles.AllowLeadingWhite | NumberStyles
                        .AllowTrailingWhite, CultureInfo.InvariantCulture);
                }
            }

            return 0;
        }
    }

    public void Start()
    {
        if (OperatingSystem.IsLinux())
        {
            // Sets the peak to the present number of resident bytes.
            File.WriteAllText(ResetPath, "5");
        }

        _startBytes = PeakBytes;
        _process.Refresh();
        _processorTime = _process.TotalProcessorTime;
        _watch.Restart();
    }
}
