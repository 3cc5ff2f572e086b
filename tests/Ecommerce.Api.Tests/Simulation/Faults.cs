namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Everything that can go wrong around the shop.</summary>
internal enum Fault
{
    /// <summary>The store is out of reach; nothing was written.</summary>
    CommitLost,

    /// <summary>The commit was made, and nobody was told.</summary>
    CommitReplyLost,

    ReadLost,

    /// <summary>An index, or a read that need not be consistent, shows an older state.</summary>
    IndexBehind,

    CrashBefore,
    CrashAfter,

    /// <summary>A machine stops, with all that it is working at.</summary>
    MachineCrash,

    /// <summary>Somebody sleeps through seconds or many minutes, and goes on as if nothing had been.</summary>
    Pause,

    /// <summary>The clock of one machine jumps by up to ten minutes, forth or back.</summary>
    ClockJump,

    /// <summary>Minutes pass for everybody.</summary>
    TimeLeap,

    ProviderDown,

    // What follows has few occasions: only payments, or commits that collide.
    ProviderRequestLost,
    ProviderReplyLost,

    /// <summary>The provider does not answer until whoever asks gives up.</summary>
    ProviderHangs,

    /// <summary>The request for a charge is given up for lost, and gets there minutes later.</summary>
    ChargeLate,

    /// <summary>The provider says that there is no such charge, although it was made moments ago.</summary>
    LookUpBehind,

    RefundFails,
    NoticeLost,
    NoticeRepeated,

    /// <summary>Of two writers of the very same item at the very same version both are told that it was theirs, as the port allows.</summary>
    TwinPut,
}

/// <summary>
/// Decides, from the seed, which faults strike and when. A seed has only some kinds of them: faults that would hide each other
/// are then seen alone as well.
/// </summary>
internal sealed class Faults
{
    private static readonly int Kinds = Enum.GetValues<Fault>().Length;
    private static readonly string[] Names = [.. Enum.GetNames<Fault>().Select(name => $"fault {name}")];

    private readonly Scheduler _scheduler;
    private readonly Coverage _coverage;
    private readonly int[] _perThousand = new int[Kinds];

    public Faults(Scheduler scheduler, Coverage coverage)
    {
        (_scheduler, _coverage) = (scheduler, coverage);
        if (scheduler.Random.Next(16) == 0) return;
        for (var kind = 0; kind < Kinds; kind++)
            if (scheduler.Random.Next(5) < 2)
                _perThousand[kind] = Rate((Fault)kind);
    }

    public bool Strike(Fault fault)
    {
        var rate = _perThousand[(int)fault];
        if (rate == 0 || _scheduler.Random.Next(1000) >= rate) return false;
        _coverage.Count(Names[(int)fault]);
        _scheduler.Say($"*** {fault}");
        return true;
    }

    /// <summary>The fewer occasions a fault has, the likelier it must be; after a crash there is little left to see.</summary>
    private int Rate(Fault fault) => fault switch
    {
        Fault.CrashBefore or Fault.CrashAfter or Fault.MachineCrash or Fault.TimeLeap => _scheduler.Random.Next(5, 20),
        Fault.RefundFails => _scheduler.Random.Next(200, 700),
        >= Fault.ProviderRequestLost => _scheduler.Random.Next(50, 400),
        _ => _scheduler.Random.Next(10, 150),
    };

    /// <summary>From now on all is well.</summary>
    public void Stop() => Array.Clear(_perThousand);
}
