"""The literature that parameters and mechanisms rest on, by key."""

from __future__ import annotations

from typing import NamedTuple


class Reference(NamedTuple):
    """A publication; `seen` says whether its figures were looked up for this model or are quoted from memory."""

    citation: str
    seen: bool = False


REFERENCES = {
    "AducciEtAl2008": Reference("Aducci, R., Bilderbeek, P., Brown, H., Dowling, S., Freedman, N., Gantz, J., Germanow, A., Manabe, T., Manfrediz, A., Verma, S. 2008. The hyperconnected: here they come! IDC white paper, sponsored by Nortel.", True),
    "Akerlof1982": Reference("Akerlof, G. A. 1982. Labor contracts as partial gift exchange. Quarterly Journal of Economics 97:543-569."),
    "BakkerDemeroutiEuwema2005": Reference("Bakker, A. B., Demerouti, E., Euwema, M. C. 2005. Job resources buffer the impact of job demands on burnout. Journal of Occupational Health Psychology 10:170-180."),
    "BarabasiAlbert1999": Reference("Barabasi, A.-L., Albert, R. 1999. Emergence of scaling in random networks. Science 286:509-512."),
    "BarberSantuzzi2015": Reference("Barber, L. K., Santuzzi, A. M. 2015. Please respond ASAP: workplace telepressure and employee recovery. Journal of Occupational Health Psychology 20:172-189.", True),
    "Burt2000": Reference("Burt, R. S. 2000. Decay functions. Social Networks 22:1-28."),
    "BurtKnez1995": Reference("Burt, R. S., Knez, M. 1995. Kinds of third-party effects on trust. Rationality and Society 7:255-292."),
    "CerasoliNicklinFord2014": Reference("Cerasoli, C. P., Nicklin, J. M., Ford, M. T. 2014. Intrinsic motivation and extrinsic incentives jointly predict performance. Psychological Bulletin 140:980-1008.", True),
    "ClevelandMurphyWilliams1989": Reference("Cleveland, J. N., Murphy, K. R., Williams, R. E. 1989. Multiple uses of performance appraisal. Journal of Applied Psychology 74:130-135."),
    "DaftLengel1986": Reference("Daft, R. L., Lengel, R. H. 1986. Organizational information requirements, media richness and structural design. Management Science 32:554-571."),
    "DeGripSauermann2012": Reference("De Grip, A., Sauermann, J. 2012. The effects of training on own and co-worker productivity: evidence from a field experiment. Economic Journal 122:376-399."),
    "DeGroot1974": Reference("DeGroot, M. H. 1974. Reaching a consensus. Journal of the American Statistical Association 69:118-121.", True),
    "DeciKoestnerRyan1999": Reference("Deci, E. L., Koestner, R., Ryan, R. M. 1999. A meta-analytic review of experiments examining the effects of extrinsic rewards on intrinsic motivation. Psychological Bulletin 125:627-668.", True),
    "DeciRyan2000": Reference("Deci, E. L., Ryan, R. M. 2000. The what and why of goal pursuits. Psychological Inquiry 11:227-268."),
    "DemeroutiBakkerNachreinerSchaufeli2001": Reference("Demerouti, E., Bakker, A. B., Nachreiner, F., Schaufeli, W. B. 2001. The job demands-resources model of burnout. Journal of Applied Psychology 86:499-512."),
    "DennisFullerValacich2008": Reference("Dennis, A. R., Fuller, R. M., Valacich, J. S. 2008. Media, tasks, and communication processes: a theory of media synchronicity. MIS Quarterly 32:575-600."),
    "DoddsWattsSabel2003": Reference("Dodds, P. S., Watts, D. J., Sabel, C. F. 2003. Information exchange and the robustness of organizational networks. PNAS 100:12516-12521.", True),
    "Dunbar1998": Reference("Dunbar, R. I. M. 1998. The social brain hypothesis. Evolutionary Anthropology 6:178-190."),
    "FischbacherGaechter2010": Reference("Fischbacher, U., Gaechter, S. 2010. Social preferences, beliefs, and the dynamics of free riding in public goods experiments. American Economic Review 100:541-556.", True),
    "FischbacherGaechterFehr2001": Reference("Fischbacher, U., Gaechter, S., Fehr, E. 2001. Are people conditionally cooperative? Economics Letters 71:397-404.", True),
    "Fletcher1999": Reference("Fletcher, J. K. 1999. Disappearing Acts: Gender, Power and Relational Practice at Work. MIT Press."),
    "GittellSeidnerWimbush2010": Reference("Gittell, J. H., Seidner, R., Wimbush, J. 2010. A relational model of how high-performance work systems work. Organization Science 21:490-506."),
    "Granovetter1973": Reference("Granovetter, M. S. 1973. The strength of weak ties. American Journal of Sociology 78:1360-1380."),
    "HackmanOldham1976": Reference("Hackman, J. R., Oldham, G. R. 1976. Motivation through the design of work. Organizational Behavior and Human Performance 16:250-279."),
    "HausknechtTrevor2011": Reference("Hausknecht, J. P., Trevor, C. O. 2011. Collective turnover at the group, unit, and organizational levels. Journal of Management 37:352-388."),
    "HunterSchmidtJudiesch1990": Reference("Hunter, J. E., Schmidt, F. L., Judiesch, M. K. 1990. Individual differences in output variability as a function of job complexity. Journal of Applied Psychology 75:28-42."),
    "JacksonDawsonWilson2003": Reference("Jackson, T. W., Dawson, R., Wilson, D. 2003. Understanding email interaction increases organizational productivity. Communications of the ACM 46:80-84."),
    "KahnemanTversky1979": Reference("Kahneman, D., Tversky, A. 1979. Prospect theory. Econometrica 47:263-291."),
    "KimDirksCooper2009": Reference("Kim, P. H., Dirks, K. T., Cooper, C. D. 2009. The repair of trust. Academy of Management Review 34:401-422."),
    "KossinetsWatts2006": Reference("Kossinets, G., Watts, D. J. 2006. Empirical analysis of an evolving social network. Science 311:88-90."),
    "KruseBlasiPark2008": Reference("Kruse, D., Blasi, J., Park, R. 2008. Shared capitalism in the U.S. economy. NBER Working Paper 14225.", True),
    "McPhersonSmithLovinCook2001": Reference("McPherson, M., Smith-Lovin, L., Cook, J. M. 2001. Birds of a feather. Annual Review of Sociology 27:415-444."),
    "Rousseau1995": Reference("Rousseau, D. M. 1995. Psychological Contracts in Organizations. Sage."),
    "StarStrauss1999": Reference("Star, S. L., Strauss, A. 1999. Layers of silence, arenas of voice. Computer Supported Cooperative Work 8:9-30."),
    "TakahashiFujimotoYamasaki2003": Reference("Takahashi, M., Fujimoto, M., Yamasaki, N. 2003. The active lurker: influence of an in-house online community on its outside environment. Proceedings of the 2003 ACM International Conference on Supporting Group Work, 1-10.", True),
    "VanMierlo2014": Reference("Van Mierlo, T. 2014. The 1% rule in four digital health social networks: an observational study. Journal of Medical Internet Research 16:e33.", True),
    "WattsStrogatz1998": Reference("Watts, D. J., Strogatz, S. H. 1998. Collective dynamics of small-world networks. Nature 393:440-442."),
    "Weitzman1980": Reference("Weitzman, M. L. 1980. The ratchet principle and performance incentives. Bell Journal of Economics 11:302-308."),
    "ZhaoWayneGlibkowskiBravo2007": Reference("Zhao, H., Wayne, S. J., Glibkowski, B. C., Bravo, J. 2007. The impact of psychological contract breach on work-related outcomes. Personnel Psychology 60:647-680.", True),
}  # fmt: skip
"""By first authors and year, as the field `source` of parameters and mechanisms gives it."""
